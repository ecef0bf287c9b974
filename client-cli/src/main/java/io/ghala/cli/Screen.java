package io.ghala.cli;

/** Whether people sit before standard input and output. The launcher says so: Java knows it of neither alone. */
final class Screen {
    private static final String COLUMNS = "ghala.columns";
    private static final String TYPED = "ghala.typed";
    private static final int USUAL = 80;

    private Screen() {}

    /** Whether standard output is shown on a terminal. */
    static boolean isTerminal() {
        return System.getProperty(COLUMNS) != null;
    }

    /** Whether standard input is typed on a terminal. */
    static boolean isTyped() {
        return System.getProperty(TYPED) != null;
    }

    /** Characters in a line, 0 where there is no terminal. */
    static int columns() {
        if (!isTerminal()) {
            return 0;
        }
        int told = Integer.getInteger(COLUMNS, USUAL);
        return told > 0 ? told : USUAL;
    }
}
