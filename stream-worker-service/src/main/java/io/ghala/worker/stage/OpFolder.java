package io.ghala.worker.stage;

import io.ghala.folder.DataName;
import io.ghala.folder.OpFileName;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * One listing of a table's folder.
 *
 * @param ops the op files with their sizes
 * @param plainFiles whether people's own files are there
 */
public record OpFolder(List<Sized> ops, boolean plainFiles) {
    public OpFolder {
        ops = List.copyOf(ops);
    }

    /** An op file and its bytes. */
    public record Sized(OpFileName name, long bytes) {}

    public static OpFolder list(Path table) throws IOException {
        List<Sized> ops = new ArrayList<>();
        boolean[] plain = new boolean[1];
        Files.walkFileTree(table, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean ignored = !folder.equals(table)
                        && DataName.ignored(folder.getFileName().toString());
                return ignored ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                OpFileName op =
                        table.equals(file.getParent()) ? OpFileName.parse(name).orElse(null) : null;
                if (op != null) {
                    ops.add(new Sized(op, attributes.size()));
                } else if (!DataName.ignored(name)) {
                    plain[0] = true;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof java.nio.file.NoSuchFileException && !file.equals(table)) {
                    // Gone since it was listed.
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        return new OpFolder(ops, plain[0]);
    }
}
