package io.ghala.query;

import java.util.Set;

/** Which replicas were lost to which statements, so that one statement cannot take one replica after another. */
public interface StatementLosses {
    /**
     * Notes that {@code instance} is running {@code statements}. To be repeated every few seconds: an instance that is
     * not heard of for 10 s counts as lost to them.
     */
    void running(String instance, Set<StatementHash> statements);

    /** The statements ended, however they did; the instance lives. */
    void ended(String instance, Set<StatementHash> statements);

    /** The instance has to end because of the statement. */
    void lost(String instance, StatementHash statement);

    /** Statements that at least two instances were lost to within the last ten minutes. */
    Set<StatementHash> refused();
}
