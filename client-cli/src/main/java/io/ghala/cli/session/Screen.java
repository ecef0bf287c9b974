package io.ghala.cli.session;

/** Whether people sit before standard input and output. The launcher says so: Java knows it of neither alone. */
public final class Screen {
    private static final String COLUMNS = "ghala.columns";
    private static final String TYPED = "ghala.typed";
    private static final int USUAL = 80;

    private Screen() {}

    /** Whether standard output is shown on a terminal. */
    public static boolean isTerminal() {
        return System.getProperty(COLUMNS) != null;
    }

    /** Whether standard input is typed on a terminal. */
    public static boolean isTyped() {
        return System.getProperty(TYPED) != null;
    }

    /** Characters in a line, 0 where there is no terminal. */
    public static int columns() {
        if (!isTerminal()) {
            return 0;
        }
        int told = Integer.getInteger(COLUMNS, USUAL);
        return told > 0 ? told : USUAL;
    }
}
