package io.ghala.intent;

import io.ghala.model.TableName;
import java.util.Set;

/**
 * How a clean-up learns that no worker holds anything from before it: it raises a barrier, and every worker passes it
 * at the beginning of its next round, when it holds nothing. Whoever does not pass is asleep or dead and gets fenced by
 * its stage folder.
 */
public interface CleanUpBarrier {
    /** Raises a new barrier, which replaces an earlier one. Returns its name. */
    String raise(TableName table);

    /** The stages that passed the barrier; throws where another one replaced it. */
    Set<String> passed(TableName table, String barrier) throws ReplacedException;

    /** Another clean-up has begun, or Redis lost the barrier: stop, remove nothing. */
    final class ReplacedException extends Exception {
        private static final long serialVersionUID = 1L;

        public ReplacedException(String message) {
            super(message);
        }
    }
}
