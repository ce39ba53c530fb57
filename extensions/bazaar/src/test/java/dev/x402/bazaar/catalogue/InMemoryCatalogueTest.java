package dev.x402.bazaar.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.spec.AtomicAmount;
import org.junit.jupiter.api.Test;

class InMemoryCatalogueTest extends CatalogueStoreContract {
    @Override
    CatalogueStore store() {
        return InMemoryCatalogue.builder(Coins.plugins())
                .most(1_000)
                .mostOfAnOrigin(500)
                .build();
    }

    @Test
    void closes_the_gaps_that_many_removals_leave() {
        CatalogueStore store = store();
        for (int i = 0; i < 10_000; i++) {
            store.put(Coins.listing("/" + i % 20).description("round " + i).build());
            if (i % 20 > 2) {
                store.remove(Coins.listing("/" + i % 20).build().key());
            }
        }
        assertEquals(3, store.page(Search.builder().text("round").build()).total());
        assertEquals(1, store.page(Search.builder().text("9982").build()).total());
    }

    @Test
    void a_price_without_its_asset_is_no_search() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> Search.builder().most(AtomicAmount.of(1)).build());
        assertEquals("asset: expected the asset whose price is meant, saw none", refused.getMessage());
    }

    @Test
    void a_store_without_room_is_no_store() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> InMemoryCatalogue.builder(Coins.plugins()).most(0));
        assertEquals("most: expected 1 or more listings, saw 0", refused.getMessage());
    }
}
