package io.ghala.refresher.print;

import java.io.FileDescriptor;
import java.io.FileOutputStream;

/** Prints the rows of a file as lines of JSON, as the folder of a table would have them. */
public final class PrintRowsMain {
    private PrintRowsMain() {}

    public static void main(String[] args) {
        FileOutputStream rows = new FileOutputStream(FileDescriptor.out);
        // Whatever else prints must not get between the rows.
        System.setOut(System.err);
        System.exit(PrintRowsLauncher.run(args, System.getenv(), rows, System.err));
    }
}
