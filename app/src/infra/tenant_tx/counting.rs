//! Counting that stops: a page that shows how much there is must not read all of it to say so.

use loket_entity::TenantOwned;
use sea_orm::{
    ConnectionTrait, QuerySelect, QueryTrait,
    sea_query::{Expr, Query},
};

use super::{Scoped, TenantTx};
use crate::infra::fault::{Fault, Outcome};

impl TenantTx {
    /// How many rows each query finds, told up to `most`: one statement, which reads no more than that of each; none
    /// where nothing is asked.
    pub async fn counts_up_to<E: TenantOwned>(
        &self,
        queries: Vec<Scoped<'_, E>>,
        most: u64,
    ) -> Outcome<Vec<u64>> {
        let asked = queries.len();
        if asked == 0 {
            return Ok(Vec::new());
        }
        let mut all = Query::select();
        for (place, query) in queries.into_iter().enumerate() {
            let found = query.select.select_only().expr_as(Expr::cust("1"), "one").limit(most).into_query();
            let count = Query::select().expr(Expr::cust("count(*)")).from_subquery(found, "found").to_owned();
            all.expr_as(Expr::SubQuery(None, Box::new(count.into())), name(place));
        }
        let row = self.inner.query_one(&all).await?.ok_or(Fault::Inconsistent("a count without a row"))?;
        (0..asked)
            .map(|place| {
                let count: i64 = row.try_get("", &name(place))?;
                Ok(u64::try_from(count).unwrap_or(0))
            })
            .collect()
    }
}

fn name(place: usize) -> String {
    format!("count_{place}")
}
