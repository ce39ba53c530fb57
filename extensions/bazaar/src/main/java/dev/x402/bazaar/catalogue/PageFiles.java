package dev.x402.bazaar.catalogue;

import dev.x402.http.Answer;
import dev.x402.spi.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The files of the catalogue's page; they load nothing from elsewhere, and no text becomes a script. */
final class PageFiles {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    private PageFiles() {}

    static Answer page() {
        return file("page.html", "text/html; charset=utf-8");
    }

    static Answer script() {
        return file("page.js", "text/javascript; charset=utf-8");
    }

    static Answer style() {
        return file("page.css", "text/css; charset=utf-8");
    }

    private static Answer file(String name, String type) {
        try (InputStream content = PageFiles.class.getResourceAsStream(name)) {
            if (content == null) {
                throw new IllegalStateException(name + ": expected beside this class, saw nothing");
            }
            return Answer.of(200)
                    .with("Content-Type", type)
                    .with("Content-Security-Policy", POLICY)
                    .with("Cross-Origin-Opener-Policy", "same-origin")
                    .with("Referrer-Policy", "no-referrer")
                    .withBody(Bytes.of(content.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
