import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** A function: says how many lines, words and bytes the body has. */
final class Words {
    private Words() {}

    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
        server.createContext("/", Words::count);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.start();
        System.out.println("listening");
    }

    private static void count(HttpExchange call) throws IOException {
        byte[] body = call.getRequestBody().readAllBytes();
        String text = new String(body, StandardCharsets.UTF_8);
        long words = text.isBlank() ? 0 : text.strip().split("\\s+").length;
        String answer =
                "{\"lines\":%d,\"words\":%d,\"bytes\":%d}%n".formatted(text.lines().count(), words, body.length);
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().set("Content-Type", "application/json");
        call.sendResponseHeaders(200, bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
    }
}
