package io.ghala.query;

/** A statement was not answered; see {@link #problem()}. */
public final class SqlProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient SqlProblem problem;

    public SqlProblemException(SqlProblem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    public SqlProblemException(SqlProblem problem, Throwable cause) {
        super(problem.detail(), cause);
        this.problem = problem;
    }

    public SqlProblem problem() {
        return problem;
    }
}
