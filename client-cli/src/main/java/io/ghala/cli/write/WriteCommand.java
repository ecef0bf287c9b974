package io.ghala.cli.write;

import io.ghala.cli.session.CommandFailedException;
import io.ghala.cli.session.Session;
import io.ghala.intent.Intent;
import io.ghala.intent.IntentQueue;
import io.ghala.intent.IntentQueue.EnqueueResult;
import io.ghala.intent.IntentQueue.Request;
import io.ghala.intent.IntentQueue.WriteState;
import io.ghala.intent.RowCondition;
import io.ghala.intent.WriteRules.TypeChange;
import io.ghala.model.OpId;
import io.ghala.model.RowId;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The two writes. Both print the token of the write. */
public final class WriteCommand {
    private WriteCommand() {}

    /** Options that both have. */
    static final class WriteOptions {
        @Option(names = "--op-id", description = "Your name for this write: repeating it gives the same token again.")
        private @Nullable String opId;

        @Option(
                names = "--if-version",
                description =
                        "Apply the write only if the row is still at this _version, or absent for a row that must not be there;"
                                + " else it goes to the dead letters.")
        private @Nullable String ifVersion;

        @Option(names = "--wait", description = "Wait until the write is durable in the folder.")
        private boolean wait;

        @Option(
                names = "--timeout",
                defaultValue = "30",
                description = "Seconds to wait at most (default ${DEFAULT-VALUE}).")
        private int timeoutSeconds;

        @Option(names = "--allow-type-change", description = "Let the write make a column another kind of type.")
        private boolean allowTypeChange;

        int write(TableName table, Intent intent) throws InterruptedException {
            try (Session session = Session.open(System.getenv())) {
                IntentQueue queue = session.intents();
                if (intent.content().isPresent()) {
                    queue.rules(table)
                            .require(
                                    intent.id(),
                                    intent.content().get(),
                                    allowTypeChange ? TypeChange.ALLOW : TypeChange.REFUSE);
                }
                WriteToken token = queued(queue.enqueue(
                        table,
                        new Request(
                                intent,
                                Optional.ofNullable(opId).map(OpId::new),
                                Optional.ofNullable(ifVersion).map(RowCondition::parse))));
                if (wait) {
                    awaitApplied(queue, table, token);
                }
                System.out.println(token);
                return 0;
            }
        }

        private static WriteToken queued(EnqueueResult result) {
            if (result instanceof EnqueueResult.Queued queued) {
                return queued.token();
            }
            if (result instanceof EnqueueResult.Conflict conflict) {
                throw new CommandFailedException(
                        "the op id was used for another write, whose token is " + conflict.earlier());
            }
            if (result instanceof EnqueueResult.Busy busy) {
                throw new CommandFailedException(busy.reason());
            }
            throw new CommandFailedException(((EnqueueResult.NotReady) result).reason());
        }

        private void awaitApplied(IntentQueue queue, TableName table, WriteToken token) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
            while (true) {
                WriteState state = queue.state(table, token);
                if (state instanceof WriteState.Applied || state instanceof WriteState.Visible) {
                    return;
                }
                if (state instanceof WriteState.Dead dead) {
                    throw new CommandFailedException("the write " + token + " was not applied: " + dead.reason());
                }
                if (state instanceof WriteState.Unknown unknown) {
                    throw new CommandFailedException(unknown.reason());
                }
                if (System.nanoTime() > deadline) {
                    throw new CommandFailedException("the write " + token + " is queued but not applied after "
                            + timeoutSeconds + " s: does a stream-worker run? See ghala status");
                }
                Thread.sleep(5);
            }
        }
    }

    @Command(
            name = "enqueue_upsert",
            aliases = "upsert",
            description = "Queue a write that makes row ID of TABLE be PAYLOAD, a JSON object.")
    public static final class Upsert implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "TABLE")
        private String table = "";

        @Parameters(index = "1", paramLabel = "ID")
        private String id = "";

        @Parameters(
                index = "2",
                paramLabel = "PAYLOAD",
                description = "The JSON object, - to read it from standard input, or @FILE.")
        private String payload = "";

        @picocli.CommandLine.Mixin
        private WriteOptions options = new WriteOptions();

        @Override
        public Integer call() throws IOException, InterruptedException {
            return options.write(new TableName(table), new Intent.Upsert(new RowId(id), text()));
        }

        private String text() throws IOException {
            if (payload.equals("-")) {
                return new String(System.in.readAllBytes(), StandardCharsets.UTF_8).strip();
            }
            return payload.startsWith("@")
                    ? Files.readString(Path.of(payload.substring(1))).strip()
                    : payload;
        }
    }

    @Command(
            name = "enqueue_delete",
            aliases = "delete",
            description = "Queue a write that hides every row ID of TABLE.")
    public static final class Delete implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "TABLE")
        private String table = "";

        @Parameters(index = "1", paramLabel = "ID")
        private String id = "";

        @picocli.CommandLine.Mixin
        private WriteOptions options = new WriteOptions();

        @Override
        public Integer call() throws InterruptedException {
            return options.write(new TableName(table), new Intent.Delete(new RowId(id)));
        }
    }
}
