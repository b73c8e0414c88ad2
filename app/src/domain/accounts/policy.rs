//! A reach as a query's condition.
//!
//! Lists filter by [`condition`], rows are checked by [`Reach::covers`]; a property holds them together.

use loket_core::{
    id::{ServiceId, UnitId},
    permission::{Reach, Scope},
};
use sea_orm::{ColumnTrait, Condition, ExprTrait, Value, sea_query::Expr};

/// Where a table says what a row belongs to. A table without the column has rows that do not say.
#[derive(Debug, Clone, Copy)]
pub struct Columns<C> {
    /// Its service.
    pub service: Option<C>,
    /// Its unit.
    pub unit: Option<C>,
    /// Its kecamatan.
    pub district: Option<C>,
}

/// The condition that finds exactly the rows a reach covers.
pub fn condition<C: ColumnTrait>(reach: &Reach, columns: &Columns<C>) -> Condition {
    match reach {
        Reach::Nothing => nothing(),
        Reach::Everything => Condition::all(),
        Reach::Parts(parts) if parts.is_empty() => nothing(),
        // An empty condition inside an "any" would be dropped instead of being true.
        Reach::Parts(parts) if parts.iter().any(Scope::is_whole) => Condition::all(),
        Reach::Parts(parts) => {
            parts.iter().fold(Condition::any(), |any, scope| any.add(inside(scope, columns)))
        }
    }
}

fn inside<C: ColumnTrait>(scope: &Scope, columns: &Columns<C>) -> Condition {
    let services = scope.services.iter().map(|id: &ServiceId| Value::from(*id));
    let units = scope.units.iter().map(|id: &UnitId| Value::from(*id));
    let districts = scope.districts.iter().map(|code| Value::from(code.as_str()));
    Condition::all()
        .add(one_of(columns.service, services))
        .add(one_of(columns.unit, units))
        .add(one_of(columns.district, districts))
}

/// No values: not narrowed. Values: the column must hold one of them; no column, or NULL, does not.
fn one_of<C: ColumnTrait>(column: Option<C>, values: impl ExactSizeIterator<Item = Value>) -> Condition {
    match column {
        _ if values.len() == 0 => Condition::all(),
        Some(column) => Condition::all().add(column.is_in(values)),
        None => nothing(),
    }
}

fn nothing() -> Condition {
    Condition::all().add(ExprTrait::eq(Expr::val(1), 0))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
#[expect(clippy::disallowed_methods, reason = "a scratch table of the test's own")]
mod tests {
    use loket_core::permission::Whereabouts;
    use proptest::prelude::*;
    use sea_orm::{
        ActiveValue::Set, ConnectionTrait, Database, DatabaseConnection, EntityTrait, QueryFilter, Schema,
    };
    use uuid::Uuid;

    use super::*;

    mod scratch {
        use sea_orm::entity::prelude::*;

        #[sea_orm::model]
        #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
        #[sea_orm(table_name = "scratch")]
        pub(crate) struct Model {
            #[sea_orm(primary_key, auto_increment = false)]
            pub(crate) id: i64,
            pub(crate) service: Option<loket_core::id::ServiceId>,
            pub(crate) unit: Option<loket_core::id::UnitId>,
            pub(crate) district: Option<String>,
        }

        impl ActiveModelBehavior for ActiveModel {}
    }

    const CODES: [&str; 3] = ["360301", "360302", "360303"];

    fn service(n: usize) -> ServiceId {
        ServiceId(Uuid::from_u128(n as u128 + 1))
    }

    fn unit(n: usize) -> UnitId {
        UnitId(Uuid::from_u128(n as u128 + 100))
    }

    /// A row for every combination of three values and none, in three columns.
    fn rows() -> Vec<scratch::Model> {
        let mut rows = Vec::new();
        for id in 0..64_usize {
            let digit = |n: usize| (id / n) % 4;
            rows.push(scratch::Model {
                id: i64::try_from(id).unwrap(),
                service: digit(1).checked_sub(1).map(service),
                unit: digit(4).checked_sub(1).map(unit),
                district: digit(16).checked_sub(1).map(|n| CODES[n].to_owned()),
            });
        }
        rows
    }

    async fn filled() -> DatabaseConnection {
        let connection = Database::connect("sqlite::memory:").await.unwrap();
        let table = Schema::new(connection.get_database_backend()).create_table_from_entity(scratch::Entity);
        connection.execute(&table).await.unwrap();
        let rows = rows().into_iter().map(|row| scratch::ActiveModel {
            id: Set(row.id),
            service: Set(row.service),
            unit: Set(row.unit),
            district: Set(row.district),
        });
        scratch::Entity::insert_many(rows).exec_without_returning(&connection).await.unwrap();
        connection
    }

    fn scope() -> impl Strategy<Value = Scope> {
        let some = |n: usize| proptest::collection::vec(0..n, 0..3);
        (some(3), some(3), some(3)).prop_map(|(services, units, districts)| Scope {
            services: services.into_iter().map(service).collect(),
            units: units.into_iter().map(unit).collect(),
            districts: districts.into_iter().map(|n| CODES[n].to_owned()).collect(),
        })
    }

    fn reach() -> impl Strategy<Value = Reach> {
        prop_oneof![
            1 => Just(Reach::Nothing),
            1 => Just(Reach::Everything),
            8 => proptest::collection::vec(scope(), 0..4).prop_map(Reach::Parts),
        ]
    }

    #[test]
    fn the_list_and_the_row_check_agree_on_every_row() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let connection = runtime.block_on(filled());
        let config = ProptestConfig { cases: 300, ..ProptestConfig::default() };
        proptest!(config, |(reach in reach(), has_unit: bool)| {
            let columns = Columns {
                service: Some(scratch::Column::Service),
                unit: has_unit.then_some(scratch::Column::Unit),
                district: Some(scratch::Column::District),
            };
            let query = scratch::Entity::find().filter(condition(&reach, &columns));
            let found: Vec<i64> =
                runtime.block_on(query.all(&connection)).unwrap().into_iter().map(|row| row.id).collect();
            let covered: Vec<i64> = rows()
                .iter()
                .filter(|row| reach.covers(Whereabouts {
                    service: row.service,
                    unit: row.unit.filter(|_| has_unit),
                    district: row.district.as_deref(),
                }))
                .map(|row| row.id)
                .collect();
            prop_assert_eq!(found, covered);
        });
    }
}
