package dev.x402.http.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class HeldResponseTest {
    @Test
    void every_method_of_a_response_is_decided_here() {
        Set<String> harmless = Set.of("encodeURL", "encodeRedirectURL");
        List<String> open = new ArrayList<>();
        int looked = 0;
        for (Method method : HttpServletResponse.class.getMethods()) {
            looked++;
            boolean decided = Arrays.stream(HeldResponse.class.getDeclaredMethods())
                    .anyMatch(own -> own.getName().equals(method.getName())
                            && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
            if (!decided && !harmless.contains(method.getName())) {
                open.add(method.getName());
            }
        }
        assertEquals(List.of(), open);
        assertEquals(true, looked > 35);
    }

    @Test
    void every_way_out_of_a_request_is_decided_here() {
        Set<String> ways = Set.of(
                "startAsync",
                "isAsyncSupported",
                "upgrade",
                "newPushBuilder",
                "getInputStream",
                "getReader",
                "getPart",
                "getParts",
                "getParameter",
                "getParameterMap",
                "getParameterNames",
                "getParameterValues");
        Set<String> decided = new TreeSet<>();
        for (Method method : HttpServletRequest.class.getMethods()) {
            if (ways.contains(method.getName())
                    && Arrays.stream(PaidRequest.class.getDeclaredMethods())
                            .anyMatch(own -> own.getName().equals(method.getName())
                                    && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()))) {
                decided.add(method.getName());
            }
        }
        assertEquals(new TreeSet<>(ways), decided);
    }
}
