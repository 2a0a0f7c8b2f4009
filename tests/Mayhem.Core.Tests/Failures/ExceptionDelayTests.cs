using Mayhem.Failures;

namespace Mayhem.Core.Tests.Failures;

public class ExceptionDelayTests
{
    public static TheoryData<object?, double?> Delays => new()
    {
        { TimeSpan.FromSeconds(7), 7 },
        { 7, 7 },
        { 7L, 7 },
        { 2.5, 2.5 },
        { 2.5m, 2.5 },
        { "7", 7 },
        { "00:00:07", 7 },
        { "Fri, 20 Nov 2026 12:00:07 GMT", 7 },
        { Some.Now.AddSeconds(7), 7 },
        { Some.Now.AddSeconds(7).UtcDateTime, 7 },
        { DateTime.SpecifyKind(Some.Now.AddSeconds(7).DateTime, DateTimeKind.Unspecified), 7 },
        { Some.Now.AddSeconds(7).LocalDateTime, 7 },
        { Some.Now.AddSeconds(7).ToOffset(TimeSpan.FromHours(-5)), 7 },
        { "Friday, 20-Nov-26 12:00:07 GMT", 7 },
        { "Fri Nov 20 12:00:07 2026", 7 },
        { "2026-11-20T12:00:07Z", 7 },
        { " 7 ", 7 },
        { "-7", 0 },
        { "Fri, 20 Nov 2026 11:00:00 GMT", 0 },
        { DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Local), 0 },
        { DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Local), 86400 },
        { DateTimeOffset.MaxValue, 86400 },
        { long.MaxValue, 86400 },
        { decimal.MinValue, 0 },
        { -7, 0 },
        { Some.Now.AddHours(-1), 0 },
        { TimeSpan.MinValue, 0 },
        { double.NaN, null },
        { double.PositiveInfinity, 86400 },
        { TimeSpan.MaxValue, 86400 },
        { "1e300", 86400 },
        { "soon", null },
        { "", null },
        { null, null },
        { new object(), null },
    };

    [Theory]
    [MemberData(nameof(Delays))]
    public void Read_WhateverAPropertyHolds_IsADelayInRangeOrNothing(object? held, double? seconds) =>
        Assert.Equal(seconds, ExceptionDelay.Read(new Carrier { RetryAfter = held }, "RetryAfter", Some.Now)?.TotalSeconds);

    [Theory]
    [InlineData("Absent")]
    [InlineData("Thrower")]
    [InlineData("Hidden")]
    public void Read_NoReadableProperty_IsNothing(string property) => Assert.Null(ExceptionDelay.Read(new Carrier(), property, Some.Now));

    private sealed class Carrier : Exception
    {
        public object? RetryAfter { get; init; }

        public TimeSpan Thrower => throw new InvalidOperationException("No delay today: " + RetryAfter);

        private TimeSpan Hidden { get; } = TimeSpan.FromSeconds(1);

        public override string ToString() => Hidden.ToString();
    }
}
