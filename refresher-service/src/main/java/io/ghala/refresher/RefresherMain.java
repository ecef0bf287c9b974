package io.ghala.refresher;

/** Starts the process. */
public final class RefresherMain {
    private RefresherMain() {}

    public static void main(String[] args) {
        System.out.println("refresher-service");
    }
}
