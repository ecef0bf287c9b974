package io.ghala.queryservice;

/** Starts the process. */
public final class QueryMain {
    private QueryMain() {}

    public static void main(String[] args) {
        System.out.println("query-service");
    }
}
