using Mayhem.Dashboard.Bench;
using Mayhem.Dashboard.Server;
using Microsoft.AspNetCore.Http;

namespace Mayhem.Dashboard.DeadLetters;

/// <summary>Which dead letters are wanted; null for any.</summary>
internal sealed record DeadLetterFilter(string? Reason, string? Fingerprint, string? Host, string? Group, string? Class, string? Id, DateTimeOffset? Since, DateTimeOffset? Before)
{
    /// <summary>What a request asks for.</summary>
    public static DeadLetterFilter Of(HttpContext context, DateTimeOffset now)
    {
        var (since, before) = AgeRange.Of(Asked.Text(context, "age"), now);
        return new DeadLetterFilter(
            Asked.Text(context, "reason"), Asked.Text(context, "fingerprint"), Asked.Text(context, "host"), Asked.Text(context, "group"), Asked.Text(context, "class"),
            Asked.Text(context, "id"), since, before);
    }

    /// <summary>True if everything is wanted.</summary>
    public bool IsEmpty => this == new DeadLetterFilter(null, null, null, null, null, null, null, null);

    /// <summary>Those of a list that are wanted, in its order.</summary>
    public IReadOnlyList<DeadLetterRow> Of(DeadLetterList list) => IsEmpty ? list.NewestFirst : [.. list.NewestFirst.Where(IsWanted)];

    private bool IsWanted(DeadLetterRow row) =>
        (Reason is null || string.Equals(row.Reason, Reason, StringComparison.OrdinalIgnoreCase))
        && (Fingerprint is null || row.Fingerprint?.StartsWith(Fingerprint, StringComparison.OrdinalIgnoreCase) == true)
        && (Host is null || string.Equals(row.Host, Host, StringComparison.OrdinalIgnoreCase))
        && (Group is null || string.Equals(row.Group, Group, StringComparison.OrdinalIgnoreCase))
        && (Class is null || string.Equals(row.Class, Class, StringComparison.OrdinalIgnoreCase))
        && (Since is null || row.At >= Since)
        && (Before is null || row.At < Before)
        && (Id is null || row.MessageId.Contains(Id, StringComparison.OrdinalIgnoreCase));
}
