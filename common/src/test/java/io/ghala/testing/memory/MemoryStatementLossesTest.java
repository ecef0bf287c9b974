package io.ghala.testing.memory;

import io.ghala.query.StatementLosses;
import io.ghala.testing.contract.StatementLossesContract;

class MemoryStatementLossesTest implements StatementLossesContract {
    @Override
    public StatementLosses losses() {
        return new MemoryStatementLosses();
    }
}
