package io.ghala.refresher.type;

import io.ghala.token.Token;
import io.ghala.token.TokenKind;
import java.util.HashMap;
import java.util.Map;

/** Gathers the evidence of one file or row at a time while it is read, and hands out one object for equal evidence. */
public final class EvidenceGatherer {
    private final Map<TableEvidence, TableEvidence> shared = new HashMap<>();
    private final Map<ColumnEvidence, ColumnEvidence> sharedColumns = new HashMap<>();
    private final Map<String, Gathered> columns = new HashMap<>();

    public void scalar(String foldedName, String spelling, int position, TokenKind kind, String text) {
        column(foldedName, spelling, position).scalars.add(kind, text);
    }

    public void nested(String foldedName, String spelling, int position, Token token) {
        Gathered column = column(foldedName, spelling, position);
        column.nested = column.nested.join(ValueEvidence.of(token));
    }

    /** Takes evidence that was gathered elsewhere: of all values of a column of a typed file. */
    public void column(String foldedName, String spelling, int position, ValueEvidence values) {
        Gathered column = column(foldedName, spelling, position);
        column.nested = column.nested.join(values);
    }

    private Gathered column(String foldedName, String spelling, int position) {
        Gathered column = columns.computeIfAbsent(foldedName, name -> new Gathered(spelling, position));
        if (spelling.compareTo(column.spelling) > 0) {
            column.spelling = spelling;
        }
        column.position = Math.min(column.position, position);
        return column;
    }

    /** Forgets what was gathered since the last {@link #finish()}. */
    public void discard() {
        columns.clear();
    }

    /** The evidence gathered since the last call. */
    public TableEvidence finish() {
        Map<String, ColumnEvidence> evidence = new HashMap<>();
        columns.forEach((name, column) -> evidence.put(
                name,
                sharedColumns.computeIfAbsent(
                        new ColumnEvidence(
                                column.spelling,
                                column.position,
                                column.scalars.evidence().join(column.nested)),
                        same -> same)));
        columns.clear();
        TableEvidence gathered = new TableEvidence(evidence);
        return shared.computeIfAbsent(gathered, same -> same);
    }

    private static final class Gathered {
        private String spelling;
        private int position;
        private final ScalarEvidence scalars = new ScalarEvidence();
        private ValueEvidence nested = ValueEvidence.NOTHING;

        Gathered(String spelling, int position) {
            this.spelling = spelling;
            this.position = position;
        }
    }
}
