package io.ghala.refresher.index;

import io.ghala.model.StreamId;
import java.util.ArrayList;
import java.util.List;

/** Decides one id at a time which of its rows show. */
final class RowDecision {
    private final List<Part> parts;
    private final EvidenceCount evidence;
    private final List<Part> where = new ArrayList<>();
    private final List<Integer> rows = new ArrayList<>();

    /** Among {@code parts}; {@code evidence} follows what shows. */
    RowDecision(List<Part> parts, EvidenceCount evidence) {
        this.parts = parts;
        this.evidence = evidence;
    }

    void decide(long high, int low) {
        where.clear();
        rows.clear();
        for (Part part : parts) {
            part.index().keys().rows(high, low, row -> {
                if (!part.dead(row)) {
                    where.add(part);
                    rows.add(row);
                }
            });
        }
        int winner = winner();
        for (int i = 0; i < rows.size(); i++) {
            Part part = where.get(i);
            int row = rows.get(i);
            OpRows write = part.index().writeOf(row);
            set(part, row, write == null ? winner < 0 : i == winner && !write.isDelete(row));
        }
    }

    private int winner() {
        int winner = -1;
        for (int i = 0; i < rows.size(); i++) {
            if (where.get(i).index().isOp(rows.get(i)) && (winner < 0 || later(i, winner))) {
                winner = i;
            }
        }
        return winner;
    }

    private boolean later(int a, int b) {
        int byId = streamId(a).compareTo(streamId(b));
        return byId != 0 ? byId > 0 : fileName(a).compareTo(fileName(b)) < 0;
    }

    private StreamId streamId(int i) {
        OpRows ops = where.get(i).index().ops();
        if (ops == null) {
            throw new IllegalStateException("a row of a part without writes is no write");
        }
        return ops.streamId(rows.get(i));
    }

    private String fileName(int i) {
        PartIndex index = where.get(i).index();
        return index.files().get(index.fileOf(rows.get(i))).name();
    }

    private void set(Part part, int row, boolean shows) {
        if (part.hidden(row) != shows) {
            return;
        }
        OpRows write = part.index().writeOf(row);
        if (shows) {
            part.show(row);
            if (write != null) {
                evidence.add(write.evidenceOf(row), 1);
            }
        } else {
            part.hide(row);
            if (write != null) {
                evidence.remove(write.evidenceOf(row));
            }
        }
    }
}
