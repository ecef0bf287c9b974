package io.ghala.chaos.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A way to Redis over loopback on which things go wrong. */
public final class RedisProxy implements AutoCloseable {
    private static final int BACKLOG = 128;

    private final ServerSocket server;
    private final int redisPort;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong commands = new AtomicLong();
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean losingAnswers;
    private volatile Tamper tamper = new Tamper() {};

    /** Listens on a free port and passes everything on to {@code redisPort}. */
    public RedisProxy(int redisPort) throws IOException {
        this.redisPort = redisPort;
        this.server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "proxy-" + server.getLocalPort());
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                connect(server.accept());
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException("proxy cannot accept", e);
                }
            }
        }
    }

    /** While Redis is away the client sees its connection closed, as it would without the proxy. */
    private void connect(Socket client) throws IOException {
        Socket redis;
        try {
            redis = openRedis();
        } catch (IOException e) {
            client.close();
            return;
        }
        Connection connection = new Connection(this, client, redis);
        connections.add(connection);
        connection.start();
    }

    Socket openRedis() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), redisPort);
        socket.setTcpNoDelay(true);
        return socket;
    }

    public String url() {
        return "redis://127.0.0.1:" + server.getLocalPort();
    }

    /** Commands that came through so far. */
    public long commands() {
        return commands.get();
    }

    /** Keeps every answer back for so long. */
    public void delay(Duration answers) {
        delay = answers;
    }

    /**
     * From now on commands that change something reach Redis, but instead of the answer the client sees its connection
     * end.
     */
    public void loseAnswers() {
        losingAnswers = true;
    }

    public void tamper(Tamper with) {
        tamper = with;
    }

    /** Ends all faults; connections stay. */
    public void heal() {
        delay = Duration.ZERO;
        losingAnswers = false;
        tamper = new Tamper() {};
    }

    /** Ends all connections; new ones are taken. */
    public void cut() {
        connections.forEach(Connection::close);
    }

    void count() {
        commands.incrementAndGet();
    }

    Duration delay() {
        return delay;
    }

    boolean losingAnswers() {
        return losingAnswers;
    }

    Tamper tamper() {
        return tamper;
    }

    void ended(Connection connection) {
        connections.remove(connection);
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
