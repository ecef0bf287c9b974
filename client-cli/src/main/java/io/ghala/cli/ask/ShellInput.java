package io.ghala.cli.ask;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Where the shell's lines come from. */
interface ShellInput extends AutoCloseable {
    /**
     * A command with its dot, or text that holds at least one complete statement (or the last, incomplete one); empty
     * at the end.
     */
    Optional<String> next();

    /** Begins a statement; the result tells whether it was interrupted since. */
    BooleanSupplier beginStatement();

    @Override
    void close();
}
