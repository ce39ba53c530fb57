package dev.x402.interop.spring;

import dev.x402.http.servlet.PaymentFilter;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** An ordinary Spring MVC application; the filter's registration is all that the payments need. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class App {
    /** How often a priced handler ran. */
    static final AtomicInteger RUNS = new AtomicInteger();

    static final String SECRET = "what is sold";

    // snippet: register
    @Bean
    FilterRegistrationBean<PaymentFilter> payments(PaymentFilter filter) {
        FilterRegistrationBean<PaymentFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        registration.setAsyncSupported(true);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
    // end: register

    /** Handlers as applications write them. */
    @Controller
    static class Pages {
        @GetMapping("/report")
        ResponseEntity<String> report() {
            return sold();
        }

        @PostMapping("/report")
        ResponseEntity<String> report(@RequestBody String question) {
            RUNS.incrementAndGet();
            return ResponseEntity.ok(SECRET + " about " + question);
        }

        @GetMapping("/reports/{city}")
        ResponseEntity<String> report(@PathVariable("city") CharSequence city) {
            return sold();
        }

        @GetMapping("/vault/**")
        ResponseEntity<String> vault() {
            return sold();
        }

        @GetMapping("/free")
        ResponseEntity<String> free() {
            return ResponseEntity.ok("free");
        }

        @GetMapping("/shortcut")
        String shortcut() {
            return "forward:/report";
        }

        private static ResponseEntity<String> sold() {
            RUNS.incrementAndGet();
            return ResponseEntity.ok(SECRET);
        }
    }
}
