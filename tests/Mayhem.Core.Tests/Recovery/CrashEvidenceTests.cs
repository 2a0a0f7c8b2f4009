using Mayhem.Messages;
using Mayhem.Recovery;

namespace Mayhem.Core.Tests.Recovery;

public class CrashEvidenceTests
{
    [Theory]
    [InlineData(1, 0, 0, 0, 0)]
    [InlineData(4, 0, 0, 0, 3)]
    [InlineData(4, 2, 0, 0, 1)]
    [InlineData(4, 1, 2, 0, 0)]
    [InlineData(2, 9, 9, 0, 0)]
    [InlineData(1, 0, 0, 2, 2)]
    [InlineData(2, 9, 9, 2, 2)]
    [InlineData(3, 1, 0, 2, 3)]
    [InlineData(3, 0, 0, int.MaxValue, int.MaxValue)]
    public void Deaths_AreTheDeliveriesNobodyAccountsForAndThoseBeforeTheCopy(int deliveryCount, int abandons, int unsettled, int carried, int deaths) => Assert.Equal(
        deaths, CrashEvidence.Deaths(Some.Delivery(deliveryCount: deliveryCount).With((MessageProperties.Abandons, abandons), (MessageProperties.Deaths, carried)), unsettled));

    [Theory]
    [InlineData(0, false, 3, Suspicion.None)]
    [InlineData(1, false, 3, Suspicion.None)]
    [InlineData(2, false, 3, Suspicion.Suspect)]
    [InlineData(2, true, 3, Suspicion.Suspect)]
    [InlineData(3, false, 3, Suspicion.Suspect)]
    [InlineData(3, true, 3, Suspicion.Guilty)]
    [InlineData(17, false, 3, Suspicion.Suspect)]
    [InlineData(1, false, 2, Suspicion.Suspect)]
    [InlineData(2, true, 2, Suspicion.Guilty)]
    [InlineData(0, false, 1, Suspicion.None)]
    [InlineData(1, false, 1, Suspicion.Guilty)]
    public void Judge_OnlyADeathAlone_ReachesTheLimit(int deaths, bool onTrial, int limit, Suspicion suspicion) =>
        Assert.Equal(suspicion, CrashEvidence.Judge(deaths, onTrial, limit));
}
