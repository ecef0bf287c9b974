package io.ghala.cli.write;

import io.ghala.cli.session.CommandFailedException;
import io.ghala.cli.session.Session;
import io.ghala.folder.ReadAnew;
import io.ghala.folder.ReadAnew.Which;
import io.ghala.model.TableName;
import io.ghala.snapshot.FolderLooks.Look;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has files read anew whose names are known, and waits until what is in them is published. */
@Command(
        name = "refresh",
        description =
                "Have files of TABLE read anew that were edited in place: those that are named, else all whose size or time"
                        + " moved. Prints the version that holds them.")
public final class RefreshCommand implements Callable<Integer> {
    private static final long POLL_MS = 50;

    @Parameters(index = "0", paramLabel = "TABLE")
    private String table = "";

    @Parameters(index = "1..*", paramLabel = "FILE", description = "Path inside the table's folder, / between folders.")
    private List<String> files = List.of();

    @Option(names = "--all", description = "All files of the table, whatever they look like.")
    private boolean all;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "Wait so long at most (default 60).")
    private int timeoutSeconds = 60;

    @Override
    public Integer call() throws InterruptedException {
        try (Session session = Session.open(System.getenv())) {
            TableName name = new TableName(table);
            if (!session.snapshots().tables().contains(name)) {
                throw new CommandFailedException("there is no table " + name + "; there are: "
                        + session.snapshots().tables());
            }
            Which which = all ? Which.ALL : files.isEmpty() ? Which.MOVED : Which.NAMED;
            long asked = System.nanoTime();
            session.anew().ask(name, new ReadAnew(which, new LinkedHashSet<>(files)));
            System.out.println(await(session, name, asked).version());
            return 0;
        }
    }

    /** The look that took up what was asked for: the first one that began after it was taken. */
    private Look await(Session session, TableName name, long asked) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        while (Duration.ofNanos(System.nanoTime() - asked).toSeconds() < timeoutSeconds) {
            boolean taken = !session.anew().isPending(name);
            Duration since = Duration.ofNanos(System.nanoTime() - asked);
            Optional<Look> look = session.looks().last(name);
            if (taken && look.isPresent() && look.get().ago().compareTo(since) < 0) {
                return look.get();
            }
            session.looks().ask(name);
            if (never.await(POLL_MS, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        throw new CommandFailedException("table " + name + " was not read anew within " + timeoutSeconds
                + " s: does a refresher-service run? See ghala status");
    }
}
