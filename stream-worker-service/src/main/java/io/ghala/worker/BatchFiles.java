package io.ghala.worker;

import io.ghala.folder.OpFileName;
import io.ghala.folder.OpLine;
import io.ghala.intent.Intent;
import io.ghala.intent.IntentLog.Entry;
import io.ghala.model.StreamId;
import io.ghala.worker.Stage.OpFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** The op files of a batch: one per write while they are few, so that people see them, else one for all. */
final class BatchFiles {
    private BatchFiles() {}

    /** {@code rowFilesMax} is how many writes still get files of their own. */
    static List<OpFile> of(List<Entry.Write> writes, int rowFilesMax) {
        List<OpFile> files = new ArrayList<>();
        List<Entry.Write> together = new ArrayList<>();
        for (Entry.Write write : writes) {
            OpFileName name = write.intent().accept(new Intent.Visitor<>() {
                @Override
                public OpFileName upsert(Intent.Upsert upsert) {
                    return new OpFileName.Upsert(upsert.id(), write.streamId());
                }

                @Override
                public OpFileName delete(Intent.Delete delete) {
                    return new OpFileName.Delete(delete.id(), write.streamId());
                }
            });
            if (writes.size() > rowFilesMax || !OpFileName.fits(name)) {
                together.add(write);
            } else {
                String content = write.intent() instanceof Intent.Upsert upsert ? upsert.payload() : "";
                files.add(new OpFile(name, content.getBytes(StandardCharsets.UTF_8)));
            }
        }
        if (!together.isEmpty()) {
            files.add(batch(together));
        }
        return files;
    }

    private static OpFile batch(List<Entry.Write> writes) {
        List<Entry.Write> ordered = writes.stream()
                .sorted(Comparator.comparing(Entry.Write::streamId))
                .toList();
        StringBuilder out = new StringBuilder();
        for (Entry.Write write : ordered) {
            if (write.intent() instanceof Intent.Upsert upsert) {
                OpLine.upsert(upsert.id(), write.streamId(), write.opId(), upsert.payload(), out);
            } else {
                OpLine.delete(write.intent().id(), write.streamId(), write.opId(), out);
            }
        }
        byte[] content = out.toString().getBytes(StandardCharsets.UTF_8);
        StreamId last = ordered.get(ordered.size() - 1).streamId();
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
