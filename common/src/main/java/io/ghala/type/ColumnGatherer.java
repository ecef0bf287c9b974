package io.ghala.type;

import io.ghala.token.Token;
import io.ghala.token.TokenKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers the evidence of one column, of one file or row at a time, and hands out one object for equal evidence. */
public final class ColumnGatherer {
    private static final int RECENT = 32;

    private final String foldedName;
    private final List<ColumnGatherer> touchedColumns;
    private final ScalarEvidence scalars = new ScalarEvidence();
    private final Map<ColumnEvidence, ColumnEvidence> shared = new HashMap<>();
    private final @Nullable Recent[] recent = new Recent[RECENT];
    private int nextRecent;
    private boolean touched;
    private String spelling = "";
    private int position;
    private ValueEvidence nested = ValueEvidence.NOTHING;
    private @Nullable ColumnEvidence evidence;

    /** The first cell of a file or row adds the column to {@code touchedColumns}. */
    ColumnGatherer(String foldedName, List<ColumnGatherer> touchedColumns) {
        this.foldedName = foldedName;
        this.touchedColumns = touchedColumns;
    }

    /** What was gathered lately and the evidence that it is. */
    private record Recent(long scalars, String spelling, int position, ValueEvidence nested, ColumnEvidence evidence) {}

    /** Takes a scalar; its text in UTF-8 is from {@code from} to {@code to}. */
    public void scalar(String shown, int at, TokenKind kind, byte[] text, int from, int to) {
        touch(shown, at);
        scalars.add(kind, text, from, to);
    }

    public void nested(String shown, int at, Token token) {
        values(shown, at, ValueEvidence.of(token));
    }

    /** Takes evidence that was gathered elsewhere: of all values of a column of a typed file. */
    public void values(String shown, int at, ValueEvidence values) {
        touch(shown, at);
        nested = nested.join(values);
    }

    private void touch(String shown, int at) {
        evidence = null;
        if (!touched) {
            touched = true;
            touchedColumns.add(this);
            spelling = shown;
            position = at;
            return;
        }
        if (!spelling.equals(shown) && shown.compareTo(spelling) > 0) {
            spelling = shown;
        }
        position = Math.min(position, at);
    }

    String foldedName() {
        return foldedName;
    }

    /** Forgets what was gathered. */
    void clear() {
        touched = false;
        scalars.clear();
        nested = ValueEvidence.NOTHING;
        evidence = null;
    }

    /** The evidence gathered since the column was cleared. */
    ColumnEvidence evidence() {
        ColumnEvidence known = evidence;
        if (known == null) {
            known = find();
            evidence = known;
        }
        return known;
    }

    private ColumnEvidence find() {
        long summary = scalars.summary();
        for (Recent one : recent) {
            if (one == null) {
                break;
            }
            if (one.scalars() == summary
                    && one.position() == position
                    && one.spelling().equals(spelling)
                    && one.nested().equals(nested)) {
                return one.evidence();
            }
        }
        ColumnEvidence found = shared.computeIfAbsent(
                new ColumnEvidence(spelling, position, scalars.evidence().join(nested)), same -> same);
        recent[nextRecent] = new Recent(summary, spelling, position, nested, found);
        nextRecent = (nextRecent + 1) % RECENT;
        return found;
    }
}
