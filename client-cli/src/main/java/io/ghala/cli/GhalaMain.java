package io.ghala.cli;

/** Starts the process. */
public final class GhalaMain {
    private GhalaMain() {}

    public static void main(String[] args) {
        System.out.println("client-cli");
    }
}
