package dev.x402.http.server;

import dev.x402.http.Container;
import dev.x402.http.TomcatContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class TomcatSellerTest extends ServletSellerContract {
    private static Container container;

    @BeforeAll
    static void open() {
        container = new TomcatContainer();
    }

    @AfterAll
    static void shut() {
        container.close();
    }

    @Override
    Container container() {
        return container;
    }
}
