package dev.x402.bazaar.catalogue;

import dev.x402.bazaar.ListingStore;

/**
 * Listings that can be searched; safe for threads.
 *
 * <p>Each method is one transaction without I/O of others. A listing keeps its place in the order of listing when it is
 * put again; after a tombstone it begins anew. Spellings of one account or asset count as one where a rail knows them.
 */
public interface CatalogueStore extends ListingStore {
    /**
     * The listings that a search asks for; never tombstones.
     *
     * <p>A page after a position neither repeats nor leaves out a listing that was there all the time, whatever was put
     * or removed meanwhile; in the order of price that holds for listings whose price stayed.
     */
    Page page(Search search);
}
