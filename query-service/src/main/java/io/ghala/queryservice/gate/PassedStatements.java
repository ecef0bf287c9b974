package io.ghala.queryservice.gate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the latest statements read that passed the gate, by their text: who asks the same again need not wait for parsing. Whether a statement
 * passes depends on its text alone. Long texts are not kept.
 */
final class PassedStatements {
    private static final int MOST = 1000;
    private static final int LONGEST = 4096;

    private final Map<String, List<TableRead>> reads = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<TableRead>> eldest) {
            return size() > MOST;
        }
    };

    /** What {@code sql} reads; {@code check} tells it where it is not kept, and throws where it does not pass. */
    List<TableRead> get(String sql, Function<String, List<TableRead>> check) {
        if (sql.length() > LONGEST) {
            return check.apply(sql);
        }
        @Nullable List<TableRead> kept;
        synchronized (reads) {
            kept = reads.get(sql);
        }
        if (kept != null) {
            return kept;
        }
        List<TableRead> found = List.copyOf(check.apply(sql));
        synchronized (reads) {
            reads.put(sql, found);
        }
        return found;
    }
}
