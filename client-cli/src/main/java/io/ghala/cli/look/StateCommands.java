package io.ghala.cli.look;

import io.ghala.cli.session.CommandFailedException;
import io.ghala.cli.session.Session;
import io.ghala.folder.FileNotice;
import io.ghala.intent.DeadLetters.DeadLetter;
import io.ghala.intent.WriteBacklog.Backlog;
import io.ghala.model.Column;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.presence.PresenceBoard.Presence;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.ParquetFiles;
import io.ghala.snapshot.RefusedFile;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Commands that show state. Tab-separated, so that other programs can read them. */
public final class StateCommands {
    private static final int MOST_LETTERS = 100;

    private StateCommands() {}

    private static Manifest manifest(Session session, String table) {
        return session.snapshots()
                .manifest(new TableName(table))
                .orElseThrow(() -> new CommandFailedException("there is no table " + table + "; there are: "
                        + session.snapshots().tables()));
    }

    public static void printTables(Session session) {
        for (TableName table : new TreeSet<>(session.snapshots().tables())) {
            session.snapshots()
                    .manifest(table)
                    .ifPresent(m -> System.out.println(table + "\t" + m.rows() + "\t" + m.version()));
        }
        int unserved = session.unserved().size();
        if (unserved > 0) {
            System.err.println("ghala: " + unserved + " of DB_ROOT's files and folders "
                    + (unserved == 1 ? "is no table" : "are no tables") + ": ghala status says why");
        }
    }

    public static void printSchema(Session session, String table) {
        Manifest manifest = manifest(session, table);
        for (Column column : manifest.schema().columns()) {
            System.out.println(column.name() + "\t" + column.type().sql() + "\t"
                    + manifest.basis().origins().getOrDefault(column.foldedName(), ""));
        }
    }

    @Command(name = "tables", description = "List the tables: name, rows, version.")
    public static final class Tables implements Callable<Integer> {
        @Override
        public Integer call() {
            try (Session session = Session.open(System.getenv())) {
                printTables(session);
                return 0;
            }
        }
    }

    @Command(name = "schema", description = "List the columns of TABLE: name and type.")
    public static final class Schema implements Callable<Integer> {
        @Parameters(paramLabel = "TABLE")
        private String table = "";

        @Override
        public Integer call() {
            try (Session session = Session.open(System.getenv())) {
                printSchema(session, table);
                return 0;
            }
        }
    }

    @Command(name = "status", description = "Show the services and the state of every table.")
    public static final class Status implements Callable<Integer> {
        @Override
        public Integer call() {
            try (Session session = Session.open(System.getenv())) {
                List<Presence> services = session.presence().all();
                if (services.isEmpty()) {
                    System.err.println("ghala: no service runs: start them, for example with ./ghala up");
                }
                services.stream()
                        .sorted(Comparator.comparing(p -> p.identity().kind()))
                        .forEach(p -> System.out.println(p.identity().kind() + "\t"
                                + p.identity().host() + ":" + p.identity().pid() + "\t" + p.httpAddress() + "\t"
                                + (p.problems().isEmpty() ? "ready" : p.problems())));
                for (TableName table : new TreeSet<>(session.snapshots().tables())) {
                    session.snapshots().manifest(table).ifPresent(m -> print(session, m));
                }
                session.unserved().forEach(entry -> System.out.println(entry.name() + "\tno table\t" + entry.reason()));
                return 0;
            }
        }

        private static void print(Session session, Manifest manifest) {
            Backlog backlog = session.backlog().backlog(manifest.table());
            System.out.println(manifest.table() + "\tversion " + manifest.version() + "\tage "
                    + Duration.between(manifest.publishedAt(), Instant.now()).toSeconds() + " s\trows "
                    + manifest.rows()
                    + "\tfiles " + manifest.files() + "\trefused "
                    + manifest.filesRefused() + "\twarnings "
                    + (manifest.refused().size()
                            - manifest.filesRefused()
                            + session.notices(manifest.table()).size())
                    + "\tqueued "
                    + backlog.queued() + "\tpending " + backlog.pending() + "\tdead " + backlog.dead() + "\tparquet "
                    + session.parquetFiles()
                            .state(manifest.table())
                            .map(state -> parquet(state, manifest.version()))
                            .orElse("none"));
        }

        private static String parquet(ParquetFiles.State state, SnapshotVersion published) {
            return state.problem()
                    .map(problem -> "not written: " + problem)
                    .or(() -> state.version()
                            .map(version -> version.equals(published) ? "same version" : "version " + version))
                    .orElse("none");
        }
    }

    @Command(
            name = "errors",
            description = {
                "List the files of TABLE that people should look at, with the reason and the remedy, and its dead letters.",
                "refused: the file cannot be taken, its rows are not in the table (or as they were before).",
                "copy: it is a copy of a write's file, nothing of it is in the table: remove it.",
                "warning: its rows are in the table, and that may not be what was meant.",
                "edited: it was edited in place, its rows are as they were before: see ghala refresh.",
                "settings: _table.conf cannot be used, the settings from before are in force.",
                "unreadable: a folder cannot be listed, what was read from it before is shown; or a name is not UTF-8.",
                "parquet: something else lies where the table's Parquet file goes, so that it is not written.",
                "dead: a write that was not applied; see ghala dead."
            })
    public static final class Errors implements Callable<Integer> {
        @Parameters(paramLabel = "TABLE")
        private String table = "";

        @Override
        public Integer call() {
            try (Session session = Session.open(System.getenv())) {
                for (RefusedFile file : manifest(session, table).refused()) {
                    System.out.println(file.kind().label() + "\t" + file.file() + "\t" + file.reason());
                }
                for (FileNotice notice : session.notices(new TableName(table))) {
                    System.out.println(notice.kind().label() + "\t" + notice.file() + "\t" + notice.reason());
                }
                session.parquetFiles()
                        .state(new TableName(table))
                        .flatMap(ParquetFiles.State::problem)
                        .ifPresent(problem -> System.out.println("parquet\t" + table + ".parquet\t" + problem));
                for (DeadLetter letter :
                        session.deadLetters().list(new TableName(table), StreamId.ZERO, MOST_LETTERS)) {
                    System.out.println("dead\t" + letter.streamId() + "\t" + letter.op() + " " + letter.id() + "\t"
                            + letter.reason());
                }
                return 0;
            }
        }
    }
}
