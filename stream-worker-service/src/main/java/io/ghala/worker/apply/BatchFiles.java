package io.ghala.worker.apply;

import io.ghala.config.GhalaConfig.OpFiles;
import io.ghala.folder.OpFileName;
import io.ghala.folder.OpLine;
import io.ghala.intent.Intent;
import io.ghala.intent.IntentLog.Entry;
import io.ghala.model.StreamId;
import io.ghala.worker.stage.Stage.OpFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** The op files of a batch: one per write while they are few, so that people see them, else one for all. */
public final class BatchFiles {
    private BatchFiles() {}

    /** {@code rowFilesMax} is how many writes still get files of their own where {@code mode} leaves it open. */
    static List<OpFile> of(List<Entry.Write> writes, OpFiles mode, int rowFilesMax) {
        boolean rows = mode == OpFiles.ROWS || (mode == OpFiles.AUTO && writes.size() <= rowFilesMax);
        List<OpFile> files = new ArrayList<>();
        List<Entry.Write> together = new ArrayList<>();
        for (Entry.Write write : writes) {
            OpFileName name = rows ? name(write) : null;
            if (name == null || !OpFileName.fits(name)) {
                together.add(write);
            } else {
                String content = write.intent().content().orElse("");
                files.add(new OpFile(name, content.getBytes(StandardCharsets.UTF_8)));
            }
        }
        if (!together.isEmpty()) {
            files.add(batch(together));
        }
        return files;
    }

    private static OpFileName name(Entry.Write write) {
        return write.intent().accept(new Intent.Visitor<>() {
            @Override
            public OpFileName upsert(Intent.Upsert upsert) {
                return new OpFileName.Upsert(upsert.id(), write.streamId());
            }

            @Override
            public OpFileName delete(Intent.Delete delete) {
                return new OpFileName.Delete(delete.id(), write.streamId());
            }
        });
    }

    private static OpFile batch(List<Entry.Write> writes) {
        List<Entry.Write> ordered = writes.stream()
                .sorted(Comparator.comparing(Entry.Write::streamId))
                .toList();
        StringBuilder out = new StringBuilder(256 * ordered.size());
        for (Entry.Write write : ordered) {
            OpLine.append(write.intent(), write.streamId(), write.opId(), out);
        }
        return segment(ordered.get(ordered.size() - 1).streamId(), out);
    }

    /** The ops file of these lines, whose greatest stream id is {@code last}. */
    public static OpFile segment(StreamId last, StringBuilder lines) {
        byte[] content = lines.toString().getBytes(StandardCharsets.UTF_8);
        return new OpFile(new OpFileName.Batch(last, hash(content)), content);
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
