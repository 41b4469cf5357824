-- "Våler kommune" may be the one in Innlandet: there the post code decides.

alter table tenders.municipality add column post_code_areas text[];

update tenders.municipality set post_code_areas = '{15,16,17,18}' where name = 'Våler';
