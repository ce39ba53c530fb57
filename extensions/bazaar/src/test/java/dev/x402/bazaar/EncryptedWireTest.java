package dev.x402.bazaar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.x402.bazaar.Wire.Heard;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates are judged by the name, though the judged address is the one connected to. */
final class EncryptedWireTest {
    private static final char[] WORD = "changeit".toCharArray();

    @TempDir
    private static Path directory;

    private static SSLContext ofTheShop;

    @BeforeAll
    static void make() throws IOException, InterruptedException, GeneralSecurityException {
        Path file = directory.resolve("shop.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "shop",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=shop.example",
                        "-ext",
                        "san=dns:shop.example",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.txt").toFile())
                .start();
        assertEquals(true, keytool.waitFor(120, TimeUnit.SECONDS));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, WORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, WORD);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        ofTheShop = SSLContext.getInstance("TLS");
        ofTheShop.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    }

    private static RawServer shop() {
        return new RawServer(
                ofTheShop.getServerSocketFactory(),
                socket ->
                        socket.getOutputStream().write("HTTP/1.1 404 No\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
    }

    private static Heard ask(String host, SSLSocketFactory trusting) {
        try (RawServer server = shop()) {
            PinnedWire wire = new PinnedWire(
                    name -> new InetAddress[] {InetAddress.getLoopbackAddress()},
                    Target.Reach.LOOPBACK,
                    trusting,
                    Duration.ofSeconds(30));
            return wire.ask(Wire.Question.of("GET", new Target("https", host, server.port(), "/")));
        }
    }

    @Test
    void a_certificate_of_the_name_is_taken() {
        Heard heard = ask("shop.example", ofTheShop.getSocketFactory());
        assertEquals(
                404,
                assertInstanceOf(Heard.Answer.class, heard, heard::toString).status());
    }

    @Test
    void a_certificate_of_another_name_or_of_nobody_known_is_no_answer() {
        Heard nothing = new Heard.Nothing("it did not answer as a web server does, in time");
        assertEquals(
                List.of(nothing, nothing),
                List.of(ask("other.example", ofTheShop.getSocketFactory()), ask("shop.example", (SSLSocketFactory)
                        SSLSocketFactory.getDefault())));
    }
}
