package io.ghala.cli.write;

import io.ghala.cli.session.CommandFailedException;
import io.ghala.cli.session.Session;
import io.ghala.intent.DeadLetters;
import io.ghala.intent.DeadLetters.DeadLetter;
import io.ghala.intent.DeadLetters.Force;
import io.ghala.intent.DeadLetters.Retry;
import io.ghala.model.InvalidValueException;
import io.ghala.model.OpId;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Dead letters: writes that could not be applied. Each is known by the stream id of its write. */
@Command(
        name = "dead",
        description = "The writes of a table that could not be applied.",
        subcommands = {
            DeadCommands.Show.class,
            DeadCommands.ListAll.class,
            DeadCommands.Again.class,
            DeadCommands.Drop.class
        })
public final class DeadCommands {
    private static final int PAGE = 500;

    private DeadCommands() {}

    private static void each(DeadLetters letters, TableName table, Consumer<DeadLetter> sink) {
        StreamId after = StreamId.ZERO;
        while (true) {
            List<DeadLetter> page = letters.list(table, after, PAGE);
            page.forEach(sink);
            if (page.size() < PAGE) {
                return;
            }
            after = page.get(page.size() - 1).deadId();
        }
    }

    @Command(name = "list", description = "List them, oldest first: stream id, write, tries, reason.")
    static final class ListAll implements Callable<Integer> {
        @Parameters(paramLabel = "TABLE")
        private String table = "";

        @Override
        public Integer call() {
            try (Session session = Session.open(System.getenv())) {
                each(
                        session.deadLetters(),
                        new TableName(table),
                        letter -> System.out.println(letter.streamId() + "\t" + letter.op() + " " + letter.id() + "\t"
                                + letter.deliveries() + "\t" + letter.reason()));
                return 0;
            }
        }
    }

    @Command(name = "show", description = "Show all of one: the write as it was queued, and the reason.")
    static final class Show implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "TABLE")
        private String table = "";

        @Parameters(index = "1", paramLabel = "ID")
        private String id = "";

        @Override
        public Integer call() {
            try (Session session = Session.open(System.getenv())) {
                DeadLetter letter = session.deadLetters()
                        .find(new TableName(table), StreamId.parse(id))
                        .orElseThrow(() -> new CommandFailedException("table " + table + " has no dead letter " + id));
                System.out.println("stream id\t" + letter.streamId());
                System.out.println("op\t" + letter.op());
                System.out.println("id\t" + letter.id());
                letter.opId().map(OpId::value).ifPresent(op -> System.out.println("op id\t" + op));
                letter.condition().ifPresent(condition -> System.out.println("if version\t" + condition));
                System.out.println("tries\t" + letter.deliveries());
                System.out.println("reason\t" + letter.reason());
                letter.payload().ifPresent(payload -> System.out.println("payload\t" + payload));
                return 0;
            }
        }
    }

    /** Which letters a command means. */
    static final class Chosen {
        @Parameters(index = "0", paramLabel = "TABLE")
        private String table = "";

        @Parameters(index = "1..*", paramLabel = "ID", description = "Stream ids as dead list shows them.")
        private List<String> ids = new ArrayList<>();

        @Option(names = "--all", description = "All that are there now.")
        private boolean all;

        TableName table() {
            return new TableName(table);
        }

        List<StreamId> ids(DeadLetters letters) {
            if (all == !ids.isEmpty()) {
                throw new InvalidValueException("give the ids of dead letters, or --all");
            }
            List<StreamId> chosen =
                    new ArrayList<>(ids.stream().map(StreamId::parse).toList());
            if (all) {
                each(letters, table(), letter -> chosen.add(letter.streamId()));
            }
            return chosen;
        }
    }

    @Command(
            name = "retry",
            description =
                    "Queue them again as new writes, and print their tokens. A write whose row was changed since is not applied"
                            + " then, but dead again, unless --force is given.")
    static final class Again implements Callable<Integer> {
        @picocli.CommandLine.Mixin
        private Chosen chosen = new Chosen();

        @Option(names = "--force", description = "Apply it even if the row was changed since.")
        private boolean force;

        @Override
        public Integer call() {
            try (Session session = Session.open(System.getenv())) {
                boolean failed = false;
                for (StreamId id : chosen.ids(session.deadLetters())) {
                    Retry retry = session.deadLetters().retry(chosen.table(), id, force ? Force.YES : Force.NO);
                    if (retry instanceof Retry.Queued queued) {
                        System.out.println(queued.token());
                    } else {
                        failed = true;
                        System.err.println("ghala: " + id + ": " + ((Retry.Refused) retry).reason());
                    }
                }
                return failed ? 1 : 0;
            }
        }
    }

    @Command(name = "drop", description = "Remove them for good.")
    static final class Drop implements Callable<Integer> {
        @picocli.CommandLine.Mixin
        private Chosen chosen = new Chosen();

        @Override
        public Integer call() {
            try (Session session = Session.open(System.getenv())) {
                boolean failed = false;
                for (StreamId id : chosen.ids(session.deadLetters())) {
                    if (!session.deadLetters().drop(chosen.table(), id)) {
                        failed = true;
                        System.err.println("ghala: table " + chosen.table() + " has no dead letter " + id);
                    }
                }
                return failed ? 1 : 0;
            }
        }
    }
}
