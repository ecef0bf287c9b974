package io.ghala.query;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is known of the latest statements, by their text. Long texts are not kept. For several threads. */
public final class RecentStatements<V> {
    private static final int MOST = 1000;
    private static final int LONGEST = 4096;

    private final Map<String, V> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > MOST;
        }
    };

    public synchronized Optional<V> get(String sql) {
        return Optional.ofNullable(known.get(sql));
    }

    public synchronized void put(String sql, V value) {
        if (sql.length() <= LONGEST) {
            known.put(sql, value);
        }
    }

    public synchronized void remove(String sql) {
        known.remove(sql);
    }
}
