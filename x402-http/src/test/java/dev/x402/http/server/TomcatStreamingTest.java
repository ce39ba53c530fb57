package dev.x402.http.server;

import dev.x402.http.Container;
import dev.x402.http.TomcatContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class TomcatStreamingTest extends ServletStreamingContract {
    private static Container container;

    @BeforeAll
    static void begin() {
        container = new TomcatContainer();
    }

    @AfterAll
    static void end() {
        container.close();
    }

    @Override
    Container container() {
        return container;
    }
}
