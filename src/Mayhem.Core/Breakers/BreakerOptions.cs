using System.Globalization;

namespace Mayhem.Breakers;

/// <summary>When the hosts of a group are left alone for a while. Bound from <c>Mayhem:Breaker</c>.</summary>
public sealed class BreakerOptions
{
    /// <summary>False never opens a breaker and shares no delay. True by default.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The share of failed attempts at which a breaker opens; 0.5 by default, 0.01 to 1.</summary>
    public double FailureRatio { get; set; } = 0.5;

    /// <summary>With fewer attempts in the window than this, a breaker stays closed; 20 by default, 2 to 100000.</summary>
    public int MinimumThroughput { get; set; } = 20;

    /// <summary>How far back attempts count, to a tenth of it; 30 s by default, 1 s to 1 hour.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a breaker stays open before one message may try; 15 s by default, 100 ms to 1 hour. Doubles each time that fails.</summary>
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest that it gets; 5 minutes by default, <see cref="BreakDuration"/> to 1 day.</summary>
    public TimeSpan MaxBreakDuration { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>When the message that tries has not ended after this time, another one tries; 5 minutes by default, 1 s to 1 day. Longer than a restart takes.</summary>
    public TimeSpan ProbeLimit { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The longest time for which a delay that a target names in answer to one message (Retry-After) holds back all messages of its group; 5 minutes by default, up to
    /// 1 day. Zero shares no delay.
    /// </summary>
    public TimeSpan MaxSharedDelay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>What is wrong with the values, each as a sentence that starts with the key.</summary>
    public IEnumerable<string> Errors()
    {
        if (FailureRatio is not (>= 0.01 and <= 1))
            yield return string.Create(CultureInfo.InvariantCulture, $"Mayhem:Breaker:{nameof(FailureRatio)} is '{FailureRatio}'; allowed is a number from 0.01 to 1.");
        if (MinimumThroughput is < 2 or > 100_000)
            yield return $"Mayhem:Breaker:{nameof(MinimumThroughput)} is '{MinimumThroughput}'; allowed is a whole number from 2 to 100000.";
        if (Window < TimeSpan.FromSeconds(1) || Window > TimeSpan.FromHours(1))
            yield return $"Mayhem:Breaker:{nameof(Window)} is '{Window}'; allowed is 00:00:01 to 01:00:00.";
        if (BreakDuration < TimeSpan.FromMilliseconds(100) || BreakDuration > TimeSpan.FromHours(1))
            yield return $"Mayhem:Breaker:{nameof(BreakDuration)} is '{BreakDuration}'; allowed is 00:00:00.1 to 01:00:00.";
        if (MaxBreakDuration < BreakDuration || MaxBreakDuration > TimeSpan.FromDays(1))
            yield return $"Mayhem:Breaker:{nameof(MaxBreakDuration)} is '{MaxBreakDuration}'; allowed is Mayhem:Breaker:{nameof(BreakDuration)}, {BreakDuration}, to 1.00:00:00.";
        if (ProbeLimit < TimeSpan.FromSeconds(1) || ProbeLimit > TimeSpan.FromDays(1))
            yield return $"Mayhem:Breaker:{nameof(ProbeLimit)} is '{ProbeLimit}'; allowed is 00:00:01 to 1.00:00:00.";
        if (MaxSharedDelay < TimeSpan.Zero || MaxSharedDelay > TimeSpan.FromDays(1))
            yield return $"Mayhem:Breaker:{nameof(MaxSharedDelay)} is '{MaxSharedDelay}'; allowed is 00:00:00 to 1.00:00:00.";
    }
}
