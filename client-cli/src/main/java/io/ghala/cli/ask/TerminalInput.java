package io.ghala.cli.ask;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * Lines that a person edits, with history; a statement goes on over lines until its semicolon. Ctrl-C interrupts a
 * running statement.
 */
final class TerminalInput implements ShellInput {
    private final Terminal terminal;
    private final LineReader reader;

    private TerminalInput(Terminal terminal, LineReader reader) {
        this.terminal = terminal;
        this.reader = reader;
    }

    static TerminalInput open(Optional<Path> history) throws IOException {
        // Of the ways to set up a terminal only this one leaves no library in the temporary folder.
        Terminal terminal =
                TerminalBuilder.builder().system(true).provider("exec").build();
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("ghala")
                .parser(new UntilSemicolon())
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "   ...> ");
        history.ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
        return new TerminalInput(terminal, builder.build());
    }

    @Override
    public Optional<String> next() {
        while (true) {
            try {
                String line = reader.readLine("ghala> ");
                if (!line.isBlank()) {
                    return Optional.of(line);
                }
            } catch (UserInterruptException e) {
                terminal.writer().println("use .quit or Ctrl-D to leave");
            } catch (EndOfFileException e) {
                return Optional.empty();
            }
        }
    }

    @Override
    public BooleanSupplier beginStatement() {
        AtomicBoolean interrupted = new AtomicBoolean();
        terminal.handle(Terminal.Signal.INT, signal -> interrupted.set(true));
        return interrupted::get;
    }

    int columns() {
        return terminal.getSize().getColumns();
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            System.err.println("ghala: the terminal cannot be restored: " + e.getMessage());
        }
    }

    /** Takes a line with a dot as it is, and asks for more until a statement is complete. */
    private static final class UntilSemicolon extends DefaultParser {
        UntilSemicolon() {
            setEscapeChars(new char[0]);
            setQuoteChars(new char[0]);
        }

        @Override
        public ParsedLine parse(String line, int cursor, ParseContext context) {
            boolean complete = line.isBlank() || line.startsWith(".") || StatementText.end(line) >= 0;
            if (context == ParseContext.ACCEPT_LINE && !complete) {
                throw new EOFError(-1, -1, "the statement ends with a semicolon");
            }
            return super.parse(line, cursor, context);
        }
    }
}
