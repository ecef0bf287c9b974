package io.ghala.refresher.verify.hash;

import io.ghala.model.Column;
import io.ghala.model.TableSchema;
import io.ghala.snapshot.hash.ContentHash;
import io.ghala.snapshot.hash.RowHashes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * What is kept of the rows of a table to compare them with others, free of their order: a hash per column, and the hash
 * of each row by file.
 */
public final class TableHashes {
    private final TableSchema schema;
    private final Map<String, Long> columns = new LinkedHashMap<>();
    private final SortedMap<String, RowSet> files = new TreeMap<>();
    private final ContentHash content = new ContentHash();

    public TableHashes(TableSchema schema) {
        this.schema = schema;
        schema.columns().forEach(column -> columns.put(column.foldedName(), 0L));
    }

    /** Adds the rows of {@code root}, which has the stored columns of the schema. */
    public void add(VectorSchemaRoot root) {
        for (int i = 0; i < schema.columns().size(); i++) {
            Column column = schema.columns().get(i);
            long sum = 0;
            for (long value : RowHashes.ofColumn(root.getVector(i))) {
                sum += value;
            }
            columns.merge(column.foldedName(), sum, Long::sum);
        }
        long[] rows = RowHashes.of(root);
        VarCharVector names = fileNames(root);
        for (int row = 0; row < rows.length; row++) {
            content.add(rows[row]);
            files.computeIfAbsent(file(names, row), name -> new RowSet()).add(rows[row]);
        }
    }

    /** The hidden column that says of which file each row is. */
    public static VarCharVector fileNames(VectorSchemaRoot root) {
        return (VarCharVector) root.getVector(root.getFieldVectors().size() - 2);
    }

    public static String file(VarCharVector names, int row) {
        return names.isNull(row) ? "" : names.getObject(row).toString();
    }

    TableSchema schema() {
        return schema;
    }

    /** By folded name: the sum of what the values are hashed to, null being 0. */
    public Map<String, Long> columns() {
        return columns;
    }

    public SortedMap<String, RowSet> files() {
        return files;
    }

    long rows() {
        return content.rows();
    }

    public String rootHash() {
        return content.root(schema);
    }
}
