package io.ghala.refresher.verify;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import io.ghala.config.ConfigLoader;
import io.ghala.config.GhalaConfig;
import io.ghala.config.InvalidConfigurationException;
import io.ghala.folder.FolderLayout;
import io.ghala.model.InvalidValueException;
import io.ghala.model.TableName;
import io.ghala.refresher.verify.findings.Progress;
import io.ghala.refresher.verify.findings.Verdict;
import io.ghala.work.Closers;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;

/** Takes a verification from its argument to its exit code. */
final class VerifyLauncher {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private VerifyLauncher() {}

    /**
     * Verifies the one table that {@code args} names; returns 0 when all agree, 1 when something differs or cannot be
     * looked at, 2 for wrong usage.
     */
    static int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
        if (args.length != 1) {
            err.println("verify takes the name of one table");
            return WRONG_USAGE;
        }
        try {
            return verify(new TableName(args[0]), ConfigLoader.of(environment).load(0), out, err);
        } catch (InvalidValueException | InvalidConfigurationException e) {
            err.println("verify: " + e.getMessage());
            return WRONG_USAGE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            err.println("verify: interrupted");
            return FAILED;
        } catch (IOException | RuntimeException e) {
            err.println("verify: " + e.getMessage());
            return FAILED;
        }
    }

    private static int verify(TableName table, GhalaConfig config, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        new FolderLayout(config.dbRoot()).requireRoot(() -> false);
        Progress progress = new Progress(line -> err.println("verify: " + line), System::nanoTime);
        Injector injector = Guice.createInjector(Stage.PRODUCTION, new VerifyModule(config, progress));
        try (Closers closers = injector.getInstance(Closers.class)) {
            Verdict verdict = injector.getInstance(VerifyTable.class).verify(table);
            verdict.notes().forEach(note -> err.println("verify: " + note));
            verdict.differences().forEach(difference -> out.println(difference.line()));
            if (verdict.differences().isEmpty()) {
                out.println(verdict.summary());
                return 0;
            }
            err.println("verify: " + verdict.differences().size() + " differences");
            return FAILED;
        }
    }
}
