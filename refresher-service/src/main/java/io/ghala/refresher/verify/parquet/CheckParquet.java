package io.ghala.refresher.verify.parquet;

import io.ghala.model.Column;
import io.ghala.refresher.verify.findings.Difference;
import io.ghala.refresher.verify.findings.Progress;
import io.ghala.refresher.verify.fold.RowBatches;
import io.ghala.refresher.verify.hash.GroupHashes;
import io.ghala.snapshot.Manifest;
import io.ghala.token.Token;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Reads every page of a Parquet file, and compares it with the snapshot of the same version, one row group and column
 * after the other.
 */
final class CheckParquet {
    private final String name;
    private final ConsolidatedFile file;
    private final BufferAllocator allocator;
    private final Progress progress;
    private final List<Difference> differences = new ArrayList<>();

    /** {@code name} is how messages call the file. */
    CheckParquet(String name, ConsolidatedFile file, BufferAllocator allocator, Progress progress) {
        this.name = name;
        this.file = file;
        this.allocator = allocator;
        this.progress = progress;
    }

    /** What is published under the version of the file, its rows hashed by the file's row groups. */
    record Published(Manifest manifest, GroupHashes groups) {}

    /** Compares with {@code published} where that is known; whether every page decodes is looked at in any case. */
    List<Difference> check(Optional<Published> published) {
        published.ifPresent(this::compareFooter);
        long[] groupRows = file.groupRows();
        GroupHashes read = new GroupHashes(file.schema().columns().size(), groupRows);
        boolean whole = true;
        for (int group = 0; group < groupRows.length; group++) {
            Optional<String> problem = decode(group, file.columns(), read);
            if (problem.isPresent()) {
                whole = false;
                nameColumns(group, problem.get());
            }
            progress.at("row groups read", group + 1L, groupRows.length);
        }
        boolean comparable = published.isPresent()
                && file.schema().equals(published.get().manifest().schema());
        if (whole && comparable && groupRows.length > 0) {
            compare(read, published.get().groups());
        }
        return differences;
    }

    private void compare(GroupHashes read, GroupHashes published) {
        if (file.isSorted()) {
            compare(0, "all row groups", read.total(), published.total());
            return;
        }
        for (int group = 0; group < file.groupRows().length; group++) {
            compare(group, where(group), read, published);
        }
    }

    private void compareFooter(Published published) {
        Manifest manifest = published.manifest();
        if (!file.schema().equals(manifest.schema())) {
            damaged("footer", "its schema is not that of version " + manifest.version());
        }
        if (!file.rootHash().equals(manifest.rootHash())) {
            damaged("footer", "its root hash " + file.rootHash() + " is not that of version " + manifest.version());
        }
        long rows = 0;
        for (long groupRows : file.groupRows()) {
            rows += groupRows;
        }
        if (rows != manifest.rows()) {
            damaged("footer", "it has " + rows + " rows, version " + manifest.version() + " has " + manifest.rows());
        }
    }

    private void damaged(String where, String what) {
        differences.add(Difference.damagedParquet(name + ", " + where, what));
    }

    /** Reads columns of a row group into {@code hashes}; what is wrong with their bytes, empty when nothing is. */
    private Optional<String> decode(int group, List<Column> columns, GroupHashes hashes) {
        try (RowBatches batches = new RowBatches(columns, allocator, hashes::add)) {
            file.read(group, columns, row -> {
                for (int i = 0; i < row.size(); i++) {
                    Token value = row.get(i);
                    batches.set(i, value);
                }
                batches.endRow();
            });
            batches.flush();
            return Optional.empty();
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            // A damaged length asks for memory that no machine has, and parquet-java throws bare RuntimeExceptions.
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** One damaged column makes the whole row group unreadable: each is read alone to find which. */
    private void nameColumns(int group, String problem) {
        int found = differences.size();
        for (Column column : file.columns()) {
            GroupHashes unused = new GroupHashes(1, new long[] {1});
            Optional<String> own = decode(group, List.of(column), unused);
            own.ifPresent(what -> damaged(where(group) + ", column " + column.name(), "it does not decode: " + what));
        }
        if (differences.size() == found) {
            damaged(where(group), "it does not decode: " + problem);
        }
    }

    private void compare(int group, String where, GroupHashes read, GroupHashes published) {
        int found = differences.size();
        for (int i = 0; i < file.schema().columns().size(); i++) {
            if (read.column(group, i) != published.column(group, i)) {
                damaged(
                        where + ", column " + file.schema().columns().get(i).name(),
                        "its values are not those of the snapshot of the same version");
            }
        }
        if (differences.size() == found && read.rows(group) != published.rows(group)) {
            damaged(where, "its values belong to other rows than in the snapshot of the same version");
        }
    }

    private static String where(int group) {
        return "row group " + (group + 1);
    }
}
