package io.ghala.cli.write;

import io.ghala.cli.session.Session;
import io.ghala.intent.IntentQueue;
import io.ghala.intent.IntentQueue.WriteState;
import io.ghala.model.InvalidValueException;
import io.ghala.model.OpId;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What became of one write. */
@Command(
        name = "state",
        aliases = "op-state",
        description =
                "Show what became of a write: queued, applied (durable in the folder), visible (in the published version), dead or"
                        + " unknown, and the reason.")
public final class WriteStateCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TABLE")
    private String table = "";

    @Parameters(index = "1", paramLabel = "TOKEN", arity = "0..1", description = "The token that the write printed.")
    private @Nullable String token;

    @Option(names = "--op-id", description = "The op id of the write, instead of its token.")
    private @Nullable String opId;

    @Override
    public Integer call() {
        if ((token == null) == (opId == null)) {
            throw new InvalidValueException("give the token of a write, or --op-id");
        }
        try (Session session = Session.open(System.getenv())) {
            IntentQueue queue = session.intents();
            TableName name = new TableName(table);
            Optional<WriteToken> write = token != null
                    ? Optional.of(WriteToken.parse(token))
                    : queue.token(name, new OpId(String.valueOf(opId)));
            WriteState state = write.map(known -> queue.state(name, known))
                    .orElseGet(() -> new WriteState.Unknown("no write with this op id is remembered"));
            System.out.println(text(state) + (token == null && write.isPresent() ? "\t" + write.get() : ""));
            return state instanceof WriteState.Dead || state instanceof WriteState.Unknown ? 1 : 0;
        }
    }

    private static String text(WriteState state) {
        if (state instanceof WriteState.Dead dead) {
            return dead.word() + "\t" + dead.reason();
        }
        if (state instanceof WriteState.Unknown unknown) {
            return unknown.word() + "\t" + unknown.reason();
        }
        return state.word();
    }
}
