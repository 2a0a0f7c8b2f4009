using System.Collections;
using System.Reflection;
using Mayhem.FrameCapture;
using Mayhem.Redaction;
using Mayhem.Reporting.Document;

namespace Mayhem.Reporting.Building;

/// <summary>What an exception holds beside its message and its frames.</summary>
internal static class ReportedProperties
{
    private const int Most = 40;

    // The property is virtual, and a report runs no code of the exception's type where it can be helped.
    private static readonly FieldInfo? Data = typeof(Exception).GetField("_data", BindingFlags.Instance | BindingFlags.NonPublic);

    /// <summary>The fields that the type adds to an exception, and its data.</summary>
    public static IReadOnlyList<ReportedValue> Of(Exception exception, Budget budget) =>
        budget.Take(OwnFields(exception).Concat(DataOf(exception)).Take(Most), value => value.Value.Length);

    private static IEnumerable<ReportedValue> OwnFields(Exception exception) => exception is AggregateException
        ? []
        : ObjectFields.Of(exception, typeof(Exception), ReportValues.Formatter)
            .Select(field => new ReportedValue(field.Name.TrimStart('_'), field.Type, Redactor.Text(field.Value)));

    private static IEnumerable<ReportedValue> DataOf(Exception exception)
    {
        if (Data?.GetValue(exception) is not IDictionary data)
            yield break;
        foreach (DictionaryEntry entry in data)
        {
            if (entry.Key is CapturedFrames.DataKey)
                continue;
            var name = entry.Key as string ?? ReportValues.Formatter.Format(entry.Key);
            var type = entry.Value is null ? "object" : TypeNames.Of(entry.Value.GetType());
            yield return new ReportedValue($"Data[{Redactor.Text(name)}]", type, Redactor.Text(ReportValues.Formatter.Format(entry.Value, name)));
        }
    }
}
