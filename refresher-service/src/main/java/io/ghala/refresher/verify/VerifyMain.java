package io.ghala.refresher.verify;

/** Verifies one table and tells what differs. */
public final class VerifyMain {
    private VerifyMain() {}

    public static void main(String[] args) {
        System.exit(VerifyLauncher.run(args, System.getenv(), System.out, System.err));
    }
}
