package io.ghala.refresher.typed.frames;

import io.ghala.refresher.rows.CellBlock;
import io.ghala.type.ValueEvidence;
import java.util.List;

/**
 * Takes what a typed file holds, in this order: its columns once, blocks of rows, and at the end the evidence per
 * column.
 */
public interface TypedRows {
    void columns(List<String> names);

    /** One block per column, {@code rows} in each. */
    void block(int rows, List<CellBlock> columns);

    void evidence(List<ValueEvidence> columns);
}
