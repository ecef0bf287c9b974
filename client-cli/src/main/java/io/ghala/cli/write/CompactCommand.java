package io.ghala.cli.write;

import io.ghala.cli.session.CommandFailedException;
import io.ghala.cli.session.Session;
import io.ghala.model.TableName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Asks for a clean-up. */
@Command(
        name = "compact",
        description =
                "Ask the stream-worker to merge all op files of TABLE into one and to remove those that are hidden.")
public final class CompactCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TABLE")
    private String table = "";

    @Override
    public Integer call() {
        try (Session session = Session.open(System.getenv())) {
            TableName name = new TableName(table);
            if (session.backlog().epoch(name).isEmpty()) {
                throw new CommandFailedException("no stream-worker has opened a table " + name);
            }
            session.compactions().ask(name);
            return 0;
        }
    }
}
