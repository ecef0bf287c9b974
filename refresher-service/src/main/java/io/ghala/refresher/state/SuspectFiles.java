package io.ghala.refresher.state;

import io.ghala.folder.FilePath;
import io.ghala.folder.OpFileName;
import io.ghala.folder.SyncCopy;
import io.ghala.snapshot.RefusedFile;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The files of a table whose rows show and were perhaps not meant to: copies of others, and writes that claim to come
 * from the future.
 */
final class SuspectFiles {
    private static final long FUTURE_MS = TimeUnit.DAYS.toMillis(1);

    private final Map<String, String> originals = new HashMap<>();
    private final Map<String, String> fromTheFuture = new HashMap<>();

    /** Takes note of a file whose rows show, which was read at {@code readAtMs}. */
    void consider(String file, long readAtMs) {
        FilePath path = new FilePath(file);
        String name = path.name();
        if (name.indexOf('@') >= 0) {
            Optional<OpFileName> op = OpFileName.parse(name);
            if (op.isPresent()) {
                if (op.get().last().millis() > readAtMs + FUTURE_MS) {
                    fromTheFuture.put(file, op.get().last().toString());
                }
                return;
            }
        }
        SyncCopy.original(name)
                .ifPresent(
                        original -> originals.put(file, path.sibling(original).text()));
    }

    void forget(String file) {
        originals.remove(file);
        fromTheFuture.remove(file);
    }

    /** What to say of them, by file; {@code there} tells whether a file's rows show. */
    Map<String, RefusedFile> warnings(Predicate<String> there) {
        Map<String, RefusedFile> warnings = new TreeMap<>();
        originals.forEach((file, original) -> {
            if (there.test(original)) {
                warn(
                        warnings,
                        file,
                        "it looks like a copy of " + original
                                + ": the rows of both are in the table; compare the two and remove one");
            }
        });
        fromTheFuture.forEach(
                (file, stamp) -> warn(
                        warnings,
                        file,
                        "its name says that it was written at " + stamp
                                + ", which is in the future: it hides every later write to its rows; remove it, then write anew"));
        return warnings;
    }

    private static void warn(Map<String, RefusedFile> warnings, String file, String reason) {
        warnings.put(file, new RefusedFile(RefusedFile.Kind.WARNING, file, reason));
    }
}
