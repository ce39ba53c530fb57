package dev.x402.http.server;

import dev.x402.http.Container;
import dev.x402.http.JettyContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JettySellerTest extends ServletSellerContract {
    private static Container container;

    @BeforeAll
    static void open() {
        container = new JettyContainer();
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
