package dev.x402.interop.kit;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.x402.interop.Market;
import dev.x402.interop.MarketExtension;
import dev.x402.interop.Program;
import dev.x402.interop.Side;
import dev.x402.testbed.evm.DevAccount;
import dev.x402.testbed.evm.DevAccounts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The kit judges facilitators over HTTP, of whatever implementation. */
@ExtendWith(MarketExtension.class)
final class KitTest {
    private static final Path KNOWN = Program.module().resolve("src/test/kit/known-failing.txt");

    @Test
    void ours_meets_every_rule_that_can_be_asked_from_outside(Market market) throws IOException {
        Map<String, Set<String>> outcomes =
                judge(market.facilitatorUri(Side.OURS), DevAccounts.PAYERS.get(0), market, Map.of());

        assertEquals(Set.of("PASS", "NOT_APPLICABLE"), outcomes.keySet(), outcomes.toString());
        assertEquals(31, outcomes.get("PASS").size(), outcomes.toString());
    }

    /** By a facilitator of its own: one that has hung may not have given its nonce back. */
    @Test
    void the_reference_meets_every_rule_but_those_that_are_written_down(Market market) throws IOException {
        Map<String, String> environment = new HashMap<>(market.facilitator(Side.THEIRS));
        environment.put("EVM_PRIVATE_KEY", DevAccounts.FACILITATORS.get(3).privateKey());
        try (Program facilitator = Program.start("facilitator.mjs", environment)) {
            Map<String, Set<String>> outcomes = judge(
                    facilitator.uri(),
                    DevAccounts.PAYERS.get(1),
                    market,
                    Map.of("x402.tck.known-failing", KNOWN.toString(), "x402.tck.deadline-millis", "15000"));

            assertEquals(known(), outcomes.get("EXPECTED_FAIL"), outcomes.toString());
            assertEquals(Set.of("PASS", "NOT_APPLICABLE", "EXPECTED_FAIL"), outcomes.keySet(), outcomes.toString());
        }
    }

    /** The ids of the rules by their outcome. */
    private static Map<String, Set<String>> judge(
            URI facilitator, DevAccount payer, Market market, Map<String, String> settings) throws IOException {
        Judged.node = market.node();
        Judged.payer = payer;
        Path reports = Files.createTempDirectory("x402-interop-kit");
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Judged.class))
                .configurationParameter("x402.tck.facilitator", facilitator.toString())
                .configurationParameter("x402.tck.report", reports.toString())
                .configurationParameters(settings)
                .build();
        LauncherFactory.create().execute(request);
        JsonNode rules = new ObjectMapper()
                .readTree(reports.resolve("Judged").resolve("report.json").toFile())
                .path("rules");
        return StreamSupport.stream(rules.spliterator(), false)
                .filter(rule -> !rule.path("outcome").asText().equals("UNTESTED"))
                .collect(groupingBy(
                        rule -> rule.path("outcome").asText(),
                        mapping(rule -> rule.path("id").asText(), Collectors.toCollection(TreeSet::new))));
    }

    private static Set<String> known() throws IOException {
        List<String> lines = Files.readAllLines(KNOWN);
        return lines.stream()
                .map(line -> line.replaceAll("#.*", "").strip())
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
