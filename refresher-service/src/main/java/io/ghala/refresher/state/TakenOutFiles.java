package io.ghala.refresher.state;

import io.ghala.refresher.detect.FileStamp;
import io.ghala.refresher.detect.FoundFile;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Files that were read and published, and that no query-service could load: they are refused until they are other
 * files. Not for several threads.
 */
public final class TakenOutFiles {
    private final Map<String, Out> files = new HashMap<>();

    private record Out(FileStamp stamp, String problem) {}

    /** Takes out {@code file} as it is now. */
    public void takeOut(FoundFile file, String problem) {
        files.put(file.name(), new Out(file.stamp(), problem));
    }

    /** Why it is refused; empty where it is not, or is another file now. */
    public Optional<String> problem(FoundFile file) {
        Out out = files.get(file.name());
        if (out == null) {
            return Optional.empty();
        }
        if (!out.stamp().equals(file.stamp())) {
            files.remove(file.name());
            return Optional.empty();
        }
        return Optional.of("its rows cannot be loaded, and nothing of it is in the table: " + out.problem()
                + "; change the file, then it is read again");
    }
}
