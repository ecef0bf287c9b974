package io.ghala.refresher.print;

import io.ghala.config.ConfigLoader;
import io.ghala.config.GhalaConfig;
import io.ghala.config.GhalaConfig.RefresherSettings;
import io.ghala.config.InvalidConfigurationException;
import io.ghala.folder.OpFileName;
import io.ghala.model.InvalidValueException;
import io.ghala.model.TableName;
import io.ghala.refresher.read.TableFileReader;
import io.ghala.refresher.read.format.TypedFiles;
import io.ghala.refresher.rows.ReadLimits;
import io.ghala.refresher.rows.SourceRows;
import io.ghala.refresher.rows.UnreadableFileException;
import io.ghala.refresher.settings.SettingsInForce;
import io.ghala.refresher.settings.TableSettings;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/** From arguments to an exit code: 0 printed, 1 the file cannot be taken, 2 wrong usage. */
final class PrintRowsLauncher {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final int BUFFER_BYTES = 1 << 18;

    private PrintRowsLauncher() {}

    /** {@code args} are a table, whose settings count, and a file, which need not be in its folder. */
    static int run(String[] args, Map<String, String> environment, OutputStream out, PrintStream err) {
        if (args.length != 2) {
            err.println("a table and a file are needed");
            return WRONG_USAGE;
        }
        try {
            GhalaConfig config = ConfigLoader.of(environment).load(0);
            print(new TableName(args[0]), Path.of(args[1]).toAbsolutePath(), config, out);
            return 0;
        } catch (InvalidValueException | InvalidConfigurationException e) {
            err.println(e.getMessage());
            return WRONG_USAGE;
        } catch (NoSuchFileException e) {
            err.println("there is no such file");
            return FAILED;
        } catch (AccessDeniedException e) {
            err.println("it may not be read: permission denied");
            return FAILED;
        } catch (UnreadableFileException | IOException e) {
            err.println(e.getMessage());
            return FAILED;
        }
    }

    private static void print(TableName table, Path file, GhalaConfig config, OutputStream out) throws IOException {
        Path folder = file.getParent();
        String name = String.valueOf(file.getFileName());
        if (folder == null || OpFileName.parse(name).isPresent()) {
            throw new UnreadableFileException(
                    "it is the file of a write, not one of rows: put it into the table's folder");
        }
        TableSettings settings = SettingsInForce.read(table, config).settings();
        RefresherSettings bounds = config.refresher();
        ReadLimits limits = new ReadLimits(bounds.maxFileBytes(), bounds.maxFileRows(), bounds.maxUnpackedBytes());
        try (TypedFiles typed = new TypedFiles(bounds.typedReader());
                OutputStream rows = new BufferedOutputStream(out, BUFFER_BYTES)) {
            TableFileReader reader = new TableFileReader(folder, settings, limits, typed);
            for (SourceRows source : reader.read(name)) {
                new RowLines(source, settings.keyColumn()).write(rows);
            }
        }
    }
}
