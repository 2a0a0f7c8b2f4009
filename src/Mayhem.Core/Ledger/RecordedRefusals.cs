using Mayhem.Guards;

namespace Mayhem.Ledger;

/// <summary>What guards have said no to, one record for each guard and request.</summary>
internal sealed class RecordedRefusals
{
    private OrderedDictionary<(string RequestId, Guard Guard), RefusalRecord> records = [];

    /// <summary>All of them, in the order of the first time.</summary>
    public IReadOnlyCollection<RefusalRecord> All => records.Values;

    public void Add(Refusal refusal, DateTimeOffset at)
    {
        var key = (refusal.RequestId, refusal.Decision.Guard);
        records[key] = records.TryGetValue(key, out var known) ? known.Again(refusal, at) : new RefusalRecord(refusal, at, at, 1);
    }

    public void Put(RefusalRecord record) => records[(record.Last.RequestId, record.Last.Decision.Guard)] = record;

    public void Forget(DateTimeOffset before) => records = new(records.Where(pair => pair.Value.LastAt >= before));
}
