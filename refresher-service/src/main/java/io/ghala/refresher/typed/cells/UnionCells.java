package io.ghala.refresher.typed.cells;

import io.ghala.refresher.typed.RefusedFileException;
import io.ghala.snapshot.text.Utf8Buffer;
import io.ghala.token.TokenKind;
import io.ghala.type.DeclaredEvidence;
import io.ghala.type.ValueEvidence;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.arrow.vector.complex.UnionVector;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Values of a sparse union, as JSON. */
final class UnionCells extends Cells {
    private final UnionVector vector;
    private final List<Cells> members;
    private final int[] memberOf = new int[Byte.MAX_VALUE + 1];

    UnionCells(UnionVector vector, ArrowType.Union type, List<Cells> members) throws RefusedFileException {
        this.vector = vector;
        this.members = List.copyOf(members);
        java.util.Arrays.fill(memberOf, -1);
        int[] ids = type.getTypeIds();
        for (int i = 0; i < members.size(); i++) {
            int id = ids == null || ids.length <= i ? i : ids[i];
            if (id < 0 || id > Byte.MAX_VALUE) {
                throw new RefusedFileException("column '" + vector.getName() + "' has a union type id of " + id);
            }
            memberOf[id] = i;
        }
    }

    private Cells member(int row) {
        int id = vector.getTypeBuffer().getByte(row);
        if (id < 0 || memberOf[id] < 0) {
            throw new UncheckedIOException(
                    new RefusedFileException("column '" + vector.getName() + "' has no member of type id " + id));
        }
        return members.get(memberOf[id]);
    }

    @Override
    public boolean isNull(int row) {
        return member(row).isNull(row);
    }

    @Override
    public TokenKind text(int row, Utf8Buffer out) throws RefusedFileException {
        return member(row).text(row, out);
    }

    @Override
    public ValueEvidence evidence() {
        return DeclaredEvidence.JSON;
    }
}
