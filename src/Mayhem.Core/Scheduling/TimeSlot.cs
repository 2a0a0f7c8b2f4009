using System.Globalization;

namespace Mayhem.Scheduling;

/// <summary>One minute of the calendar. All instances see the same slots, whenever they started and however often they look.</summary>
/// <param name="Number">Its number since year 1, in UTC.</param>
public readonly record struct TimeSlot(long Number)
{
    /// <summary>How long a slot is.</summary>
    public static TimeSpan Length { get; } = TimeSpan.FromMinutes(1);

    /// <summary>When it begins.</summary>
    public DateTimeOffset Start => new(Number * Length.Ticks, TimeSpan.Zero);

    /// <summary>The slot after it.</summary>
    public TimeSlot Next => new(Number + 1);

    /// <summary>The slot that a moment is in.</summary>
    public static TimeSlot At(DateTimeOffset moment) => new(moment.UtcTicks / Length.Ticks);

    /// <inheritdoc />
    public override string ToString() => Start.ToString("yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture);
}
