package io.ghala.worker.stage;

import io.ghala.folder.OpFileName;
import io.ghala.model.StreamId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The greatest stream id in a table's folder: where the stream goes on after Redis lost it, so that ids never go back.
 */
public final class StreamFloor {
    private StreamFloor() {}

    public static StreamId of(Path table) throws IOException {
        StreamId floor = StreamId.ZERO;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(table)) {
            for (Path file : files) {
                StreamId last = OpFileName.parse(file.getFileName().toString())
                        .map(OpFileName::last)
                        .orElse(StreamId.ZERO);
                floor = last.compareTo(floor) > 0 ? last : floor;
            }
        }
        return floor;
    }
}
